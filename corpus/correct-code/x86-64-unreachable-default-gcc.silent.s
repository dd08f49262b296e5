// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// why: the default of the switch is __builtin_unreachable()
// c: int g(int);
// c: int f(int a) { int r; switch (a) { case 0: r = g(5); break; case 1: r = g(1) - 1; break; case 2: r = g(a) + 1;
// c: break; case 3: r = g(a) * 9; break; case 4: r = a * g(3); break; default: __builtin_unreachable(); } return r
// c: + a; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	movl	%edi, %eax
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movq	%rax, %rbx
	jmp	*.L4(,%rax,8)
	.section	.rodata
	.align 8
	.align 4
.L4:
	.quad	.L8
	.quad	.L7
	.quad	.L6
	.quad	.L5
	.quad	.L3
	.text
	.p2align 4
.L5:
	movl	$3, %edi
	call	g
	leal	(%rax,%rax,8), %eax
	addl	%ebx, %eax
	popq	%rbx
	.cfi_remember_state
	.cfi_def_cfa_offset 8
	ret
	.p2align 4
.L6:
	.cfi_restore_state
	movl	$2, %edi
	call	g
	addl	$1, %eax
	addl	%ebx, %eax
	popq	%rbx
	.cfi_remember_state
	.cfi_def_cfa_offset 8
	ret
	.p2align 4
.L7:
	.cfi_restore_state
	movl	$1, %edi
	call	g
	subl	$1, %eax
	addl	%ebx, %eax
	popq	%rbx
	.cfi_remember_state
	.cfi_def_cfa_offset 8
	ret
	.p2align 4
.L8:
	.cfi_restore_state
	movl	$5, %edi
	call	g
	addl	%ebx, %eax
	popq	%rbx
	.cfi_remember_state
	.cfi_def_cfa_offset 8
	ret
	.p2align 4
.L3:
	.cfi_restore_state
	movl	$3, %edi
	call	g
	sall	$2, %eax
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
