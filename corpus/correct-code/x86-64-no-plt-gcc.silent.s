// arch: x86-64
// expect: silent
// flags: gcc-12 -O2 -fPIC -fno-plt
// why: calls and tail calls through the global offset table
// c: int g(int);
// c: int t(int);
// c: int f(int a) { int x = g(a); return t(x + a); }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movl	%edi, %ebx
	call	*g@GOTPCREL(%rip)
	leal	(%rbx,%rax), %edi
	popq	%rbx
	.cfi_def_cfa_offset 8
	jmp	*t@GOTPCREL(%rip)
	.cfi_endproc
	.size	f, .-f
