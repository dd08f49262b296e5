// arch: x86-64
// expect: silent
// flags: clang-19 -O2 -fPIC -fno-plt
// why: calls and tail calls through the global offset table
// c: int g(int);
// c: int t(int);
// c: int f(int a) { int x = g(a); return t(x + a); }

	.text
	.globl	f
	.p2align	4, 0x90
	.type	f,@function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%edi, %ebx
	callq	*g@GOTPCREL(%rip)
	addl	%eax, %ebx
	movl	%ebx, %edi
	popq	%rbx
	.cfi_def_cfa_offset 8
	jmpq	*t@GOTPCREL(%rip)
	.size	f, .-f
	.cfi_endproc
