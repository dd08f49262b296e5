// arch: x86-64
// expect: silent
// flags: clang-16 -O2 -fbasic-block-sections=all
// source: clang-16 -O2 -fbasic-block-sections=all, a switch whose default is marked unreachable, shortened
// why: the block of what cannot happen is a section without a byte; entries of the table lead there. The symbols of
//      such blocks have no type, and the next table tells where this one ends

	.section	.text.f,"ax",@progbits
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	movl	%edi, %eax
	leaq	.Ltable(%rip), %rdx
	movslq	(%rdx,%rax,4), %rax
	addq	%rdx, %rax
	jmp	*%rax
	.cfi_endproc
	.size	f, .-f
	.section	.text.f,"ax",@progbits,unique,1
f.__part.1:
	.cfi_startproc
	leal	1(%rsi), %eax
	ret
	.size	f.__part.1, .-f.__part.1
	.cfi_endproc
	.section	.text.f,"ax",@progbits,unique,2
f.__part.2:
	.size	f.__part.2, .-f.__part.2
	.section	.text.f,"ax",@progbits,unique,3
f.__part.3:
	.cfi_startproc
	leal	2(%rsi), %eax
	ret
	.size	f.__part.3, .-f.__part.3
	.cfi_endproc
	.text
	.globl	other
	.type	other, %function
other:
	.cfi_startproc
	leaq	.Lnext(%rip), %rax
	ret
	.cfi_endproc
	.size	other, .-other

	.section	.rodata,"a",@progbits
	.p2align	2
.Ltable:
	.long	f.__part.1-.Ltable
	.long	f.__part.2-.Ltable
	.long	f.__part.3-.Ltable
.Lnext:
	.long	7
