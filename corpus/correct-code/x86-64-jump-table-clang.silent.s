// arch: x86-64
// expect: silent
// flags: clang-19 -O2
// why: a dense switch: absolute entries on x86-64, distances of one byte on arm64
// c: int g(int);
// c: int f(int a) { int r; switch (a) { case 0: r = g(5); break; case 1: r = g(1) - 1; break; case 2: r = g(a) + 1;
// c: break; case 3: r = g(a) * 9; break; case 4: r = a * g(3); break; default: r = 0; } return r + a; }

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
	cmpl	$4, %edi
	ja	.LBB0_1
	movl	%ebx, %eax
	jmpq	*.LJTI0_0(,%rax,8)
.LBB0_3:
	movl	$5, %edi
	callq	g
	jmp	.LBB0_8
.LBB0_7:
	movl	$3, %edi
	callq	g
	shll	$2, %eax
	jmp	.LBB0_8
.LBB0_5:
	movl	$2, %edi
	callq	g
	incl	%eax
	jmp	.LBB0_8
.LBB0_6:
	movl	$3, %edi
	callq	g
	leal	(%rax,%rax,8), %eax
	jmp	.LBB0_8
.LBB0_4:
	movl	$1, %edi
	callq	g
	decl	%eax
	jmp	.LBB0_8
.LBB0_1:
	xorl	%eax, %eax
.LBB0_8:
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
	retq
	.size	f, .-f
	.cfi_endproc
	.section	.rodata,"a",@progbits
	.p2align	3, 0x0
.LJTI0_0:
	.quad	.LBB0_3
	.quad	.LBB0_4
	.quad	.LBB0_5
	.quad	.LBB0_6
	.quad	.LBB0_7
